//! `cargo xtask bench serve`: what the generated traits cost a service, beside the same routes written by
//! hand on axum, over the same store and in one run.

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "the table is what the program is for")]

mod by_hand;
mod count;
mod load;
#[cfg(test)]
mod same;
mod table;
mod world;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use clap::Parser;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::load::{Failure, load};
use crate::table::{Row, Side};
use crate::world::{ROUTES, Route, World};

/// Load four operations of the Customer Service: generated, and by hand
#[derive(Debug, Parser)]
struct Args {
    /// How often each side of each route is loaded; the table holds medians
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// How long a load goes on, in milliseconds
    #[arg(long, default_value_t = 1500)]
    millis: u64,
    /// Connections that each send one request after another
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Load nothing: answer so many requests of one side of one route on one thread and without sockets, and
    /// print nothing. Instructions can be counted over it where time cannot be measured: `valgrind
    /// --tool=callgrind --toggle-collect='*answer_in_process*'`
    #[arg(long, value_name = "N", requires = "route", requires = "side")]
    count: Option<u64>,
    /// The route of `--count`
    #[arg(long, requires = "count")]
    route: Option<Route>,
    /// The side of `--count`
    #[arg(long, requires = "count")]
    side: Option<Side>,
}

fn main() -> Result<(), Failure> {
    let args = Args::parse();
    if let (Some(times), Some(route), Some(side)) = (args.count, args.route, args.side) {
        count(times, route, side)
    } else {
        Builder::new_multi_thread().enable_all().build()?.block_on(compare(&args))
    }
}

/// Answers requests of one side of one route.
fn count(times: u64, route: Route, side: Side) -> Result<(), Failure> {
    let world = World::new()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let shot = runtime.block_on(world.shot(route))?;
    let router = router(side, &world);
    // What is made once is made before.
    runtime.block_on(count::answer(&router, &shot))?;
    count::answer_in_process(&runtime, &router, &shot, times)
}

/// Loads both sides of every route, and prints the table.
async fn compare(args: &Args) -> Result<(), Failure> {
    let (generated, by_hand) = (World::new()?, World::new()?);
    let generated_at = serve(router(Side::Generated, &generated)).await?;
    let by_hand_at = serve(router(Side::ByHand, &by_hand)).await?;
    let time = Duration::from_millis(args.millis);
    let mut rows = Vec::new();
    for route in ROUTES {
        let mut row = Row::new(route);
        for round in 0..args.rounds {
            // Who goes first changes, so that neither always finds the machine as the other left it.
            let mut sides =
                [(Side::Generated, &generated, generated_at), (Side::ByHand, &by_hand, by_hand_at)];
            sides.rotate_left(round % 2);
            for (side, world, at) in sides {
                let shot = world.shot(route).await?;
                row.add(side, &load(at, &shot, args.connections, time).await?);
            }
        }
        rows.push(row);
    }
    println!(
        "{} rounds of {} ms a side, in turn, {} connections; medians.\n",
        args.rounds, args.millis, args.connections
    );
    println!("{}", table::render(&rows));
    println!("Aim: generated at least 0.95 of by hand.");
    Ok(())
}

/// The router of a side.
fn router(side: Side, world: &World) -> Router {
    match side {
        Side::Generated => {
            customer_api::server::router(customer_service::api::CustomerService::new(world.store()))
        }
        Side::ByHand => by_hand::router(world.store()),
    }
}

/// Serves a router on a free port.
async fn serve(router: Router) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}
