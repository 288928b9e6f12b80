//! nexosim on the same queues, on one thread: models that send each other messages and schedule
//! their own events.

use std::{collections::VecDeque, time::Duration};

use lockstep_bench::{
    draw::Draw,
    work::{closed, one_server},
};
use nexosim::{
    model::{Context, Model, schedulable},
    ports::{EventSinkReader, Output, SinkState, event_slot},
    simulation::{Mailbox, SimInit},
    time::MonotonicTime,
};
use serde::{Deserialize, Serialize};

/// One server and its line; gives the mean wait before being served.
pub(crate) fn one_server(customers: u64) -> f64 {
    let mut street = Street { customers, draw: Draw::new(1), sends: Output::default() };
    let mut server = Server { draw: Draw::new(2), customers, ..Server::default() };
    let (streets_box, servers_box) = (Mailbox::new(), Mailbox::new());
    street.sends.connect(Server::comes, &servers_box);
    let (sink, mut mean) = event_slot(SinkState::Enabled);
    server.mean.connect_sink(sink);
    let bench = SimInit::with_num_threads(1).add_model(street, streets_box, "street").add_model(
        server,
        servers_box,
        "server",
    );
    let mut run = bench.init(MonotonicTime::EPOCH).expect("the simulation begins");
    run.run().expect("the simulation ends");
    mean.try_read().expect("all have been served")
}

/// Closed clients; gives the mean time from asking to being served.
pub(crate) fn closed(completions: u64) -> f64 {
    let mut clients = Clients {
        draw: Draw::new(1),
        asked: vec![MonotonicTime::EPOCH; closed::CLIENTS as usize],
        left: completions,
        ..Clients::default()
    };
    let mut servers = Servers { draw: Draw::new(2), free: closed::SERVERS, ..Servers::default() };
    let (clients_box, servers_box) = (Mailbox::new(), Mailbox::new());
    clients.asks.connect(Servers::asked, &servers_box);
    servers.answers.connect(Clients::answered, &clients_box);
    let (sink, mut waited) = event_slot(SinkState::Enabled);
    clients.all_waited.connect_sink(sink);
    let bench = SimInit::with_num_threads(1).add_model(clients, clients_box, "clients").add_model(
        servers,
        servers_box,
        "servers",
    );
    let mut run = bench.init(MonotonicTime::EPOCH).expect("the simulation begins");
    run.run().expect("the simulation ends");
    waited.try_read().expect("all have been served") / completions as f64
}

/// A drawn time; an event cannot be scheduled for now.
fn drawn(draw: &mut Draw, mean: f64) -> Duration {
    Duration::from_secs_f64(draw.exp(mean)).max(Duration::from_nanos(1))
}

/// Where customers come from.
#[derive(Serialize, Deserialize)]
struct Street {
    customers: u64,
    draw: Draw,
    sends: Output<()>,
}

#[Model]
impl Street {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.next(cx);
    }

    fn next(&mut self, cx: &Context<Self>) {
        let gap = drawn(&mut self.draw, 1.0 / one_server::ARRIVALS);
        cx.schedule_event(gap, schedulable!(Self::comes), ()).expect("it is later than now");
    }

    #[nexosim(schedulable)]
    async fn comes(&mut self, _: (), cx: &Context<Self>) {
        self.customers -= 1;
        if self.customers > 0 {
            self.next(cx);
        }
        self.sends.send(()).await;
    }
}

/// One server with its line.
#[derive(Default, Serialize, Deserialize)]
struct Server {
    draw: Draw,
    line: VecDeque<MonotonicTime>,
    busy: bool,
    waited: f64,
    served: u64,
    customers: u64,
    mean: Output<f64>,
}

#[Model]
impl Server {
    async fn comes(&mut self, _: (), cx: &Context<Self>) {
        if self.busy {
            self.line.push_back(cx.time());
        } else {
            self.busy = true;
            self.serve(cx);
        }
    }

    fn serve(&mut self, cx: &Context<Self>) {
        let time = drawn(&mut self.draw, 1.0);
        cx.schedule_event(time, schedulable!(Self::served), ()).expect("it is later than now");
    }

    #[nexosim(schedulable)]
    async fn served(&mut self, _: (), cx: &Context<Self>) {
        self.served += 1;
        match self.line.pop_front() {
            Some(since) => {
                self.waited += cx.time().duration_since(since).as_secs_f64();
                self.serve(cx);
            }
            None => self.busy = false,
        }
        if self.served == self.customers {
            self.mean.send(self.waited / self.served as f64).await;
        }
    }
}

/// All who ask, are answered, think, and ask again.
#[derive(Default, Serialize, Deserialize)]
struct Clients {
    draw: Draw,
    asked: Vec<MonotonicTime>,
    waited: f64,
    left: u64,
    asks: Output<u32>,
    all_waited: Output<f64>,
}

#[Model]
impl Clients {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        for client in 0..closed::CLIENTS {
            self.think(client, cx);
        }
    }

    fn think(&mut self, client: u32, cx: &Context<Self>) {
        let time = drawn(&mut self.draw, 1.0);
        cx.schedule_event(time, schedulable!(Self::ask), client).expect("it is later than now");
    }

    #[nexosim(schedulable)]
    async fn ask(&mut self, client: u32, cx: &Context<Self>) {
        self.asked[client as usize] = cx.time();
        if self.left > 0 {
            self.asks.send(client).await;
        }
    }

    async fn answered(&mut self, client: u32, cx: &Context<Self>) {
        if self.left == 0 {
            return;
        }
        let asked = self.asked[client as usize];
        self.waited += cx.time().duration_since(asked).as_secs_f64();
        self.left -= 1;
        if self.left == 0 {
            self.all_waited.send(self.waited).await;
        } else {
            self.think(client, cx);
        }
    }
}

/// The servers and those who wait for them.
#[derive(Default, Serialize, Deserialize)]
struct Servers {
    draw: Draw,
    free: u32,
    line: VecDeque<u32>,
    answers: Output<u32>,
}

#[Model]
impl Servers {
    async fn asked(&mut self, client: u32, cx: &Context<Self>) {
        if self.free > 0 {
            self.free -= 1;
            self.serve(client, cx);
        } else {
            self.line.push_back(client);
        }
    }

    fn serve(&mut self, client: u32, cx: &Context<Self>) {
        let time = drawn(&mut self.draw, 1.0);
        cx.schedule_event(time, schedulable!(Self::served), client).expect("it is later than now");
    }

    #[nexosim(schedulable)]
    async fn served(&mut self, client: u32, cx: &Context<Self>) {
        match self.line.pop_front() {
            Some(next) => self.serve(next, cx),
            None => self.free += 1,
        }
        self.answers.send(client).await;
    }
}
