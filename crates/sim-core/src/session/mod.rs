//! One run, stepped forward and back, with the futures that were left kept as branches.

mod frame;

pub use frame::{
    Action, Branch, CodeLine, Ending, Frame, Lane, LaneState, LocalView, Offer, PromiseState,
    PromiseView, Reason, ScheduleView, SharedView, StepView,
};
