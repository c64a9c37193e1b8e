//! What the loads measured, as a Markdown table.

use std::fmt::Write as _;

use clap::ValueEnum;

use crate::load::Measured;
use crate::world::Route;

/// Whose answers were measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// The router of the generated crate.
    Generated,
    /// The router written by hand.
    ByHand,
}

/// One route, loaded on both sides.
#[derive(Debug)]
pub struct Row {
    route: Route,
    generated: Loads,
    by_hand: Loads,
}

/// The loads of one side: a value a round.
#[derive(Debug, Default)]
struct Loads {
    rates: Vec<f64>,
    medians: Vec<u64>,
    tails: Vec<u64>,
}

impl Row {
    /// Nothing measured yet.
    pub fn new(route: Route) -> Self {
        Self { route, generated: Loads::default(), by_hand: Loads::default() }
    }

    /// Adds a load.
    pub fn add(&mut self, side: Side, measured: &Measured) {
        let loads = match side {
            Side::Generated => &mut self.generated,
            Side::ByHand => &mut self.by_hand,
        };
        loads.rates.push(measured.rate);
        loads.medians.push(measured.latency.value_at_quantile(0.5));
        loads.tails.push(measured.latency.value_at_quantile(0.99));
    }
}

/// The table.
pub fn render(rows: &[Row]) -> String {
    let mut table = String::from(
        "| route | generated, requests/s | by hand, requests/s | generated / by hand | p50, µs | p99, µs |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for Row { route, generated, by_hand } in rows {
        let (ours, theirs) = (median(&generated.rates), median(&by_hand.rates));
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {} | {ours:.0} | {theirs:.0} | {:.2} | {} / {} | {} / {} |",
            route.name(),
            ours / theirs,
            median(&generated.medians),
            median(&by_hand.medians),
            median(&generated.tails),
            median(&by_hand.tails),
        );
    }
    table
}

fn median<T: Copy + PartialOrd>(values: &[T]) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    sorted[sorted.len() / 2]
}
