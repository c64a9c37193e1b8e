//! One side of one route, answered so many times without sockets: what instructions are counted over.

use axum::Router;
use axum::body::Body;
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::load::{Failure, Shot};

/// Answers a request so many times.
///
/// It stays a function of this name in the program, so that a profiler can be told to count nothing else.
#[inline(never)]
pub fn answer_in_process(runtime: &Runtime, router: &Router, shot: &Shot, times: u64) -> Result<(), Failure> {
    runtime.block_on(async {
        for _ in 0..times {
            answer(router, shot).await?;
        }
        Ok(())
    })
}

/// Answers a request, to the end of the body.
pub async fn answer(router: &Router, shot: &Shot) -> Result<(), Failure> {
    let response = router.clone().oneshot(shot.request.clone().map(Body::from)).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    if status != shot.expected {
        return Err(format!("{} is answered with {status}: {}", shot.name, body.escape_ascii()).into());
    }
    Ok(())
}
