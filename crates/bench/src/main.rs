//! `cargo xtask bench serve`: what the generated traits cost a service, beside the same routes written by
//! hand on axum, over the same store and in one run.

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "the table is what the program is for")]

mod by_hand;
mod load;
mod table;
mod world;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use clap::Parser;
use tokio::net::TcpListener;

use crate::load::{Failure, load};
use crate::table::{Row, Side};
use crate::world::{ROUTES, World};

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
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args = Args::parse();
    let (generated, by_hand) = (World::new()?, World::new()?);
    let service = customer_service::api::CustomerService::new(generated.store());
    let generated_at = serve(customer_api::server::router(service)).await?;
    let by_hand_at = serve(by_hand::router(by_hand.store())).await?;
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

/// Serves a router on a free port.
async fn serve(router: Router) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}
