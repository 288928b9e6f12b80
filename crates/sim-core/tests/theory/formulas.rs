//! What theory says, in units of the mean time of a service.

/// Erlang's C: how many of those who come have to wait for one of `servers`, `load` of which are
/// busy on average.
pub(crate) fn erlang_c(servers: u32, load: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    blocked / (1.0 - load / f64::from(servers) * (1.0 - blocked))
}

/// The mean wait in M/M/c.
pub(crate) fn wait(servers: u32, load: f64) -> f64 {
    erlang_c(servers, load) / (f64::from(servers) - load)
}

/// The mean wait in M/G/1 (Pollaczek and Khinchine); `scatter` is the squared coefficient of
/// variation of a service.
pub(crate) fn wait_in_general(load: f64, scatter: f64) -> f64 {
    load * (1.0 + scatter) / 2.0 / (1.0 - load)
}

/// M/M/c with room for `room` in all: what share of those who come is turned away, and how many
/// are there on average.
pub(crate) fn bounded(servers: u32, room: u32, rate: f64) -> (f64, f64) {
    let mut weights = vec![1.0];
    for there in 1..=room {
        let last = weights[there as usize - 1];
        weights.push(last * rate / f64::from(there.min(servers)));
    }
    let all: f64 = weights.iter().sum();
    let level: f64 = weights.iter().enumerate().map(|(there, weight)| there as f64 * weight).sum();
    (weights[room as usize] / all, level / all)
}

#[test]
fn the_formulas_give_the_numbers_of_the_tables() {
    let near = |found: f64, table: f64| assert!((found - table).abs() < 2e-6, "{found} {table}");
    near(wait(1, 0.9), 9.0);
    near(wait(4, 3.6), 1.969_383);
    near(erlang_c(4, 3.6), 0.787_753);
    near(wait_in_general(0.8, 0.0), 2.0);
    near(wait_in_general(0.8, 0.25), 2.5);
    let (turned_away, level) = bounded(1, 10, 2.0);
    near(turned_away, 0.500_244);
    near(level, 9.005_374);
    let (turned_away, level) = bounded(4, 8, 3.6);
    near(turned_away, 0.096_636);
    near(level, 4.331_938);
}
