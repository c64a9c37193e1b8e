//! Header and cookie parameters.

use parameters::operations::heads::HeadsRequest;
use parameters::types::Rgb;

use super::{colors, is_read, is_written, refused, rgb, unsent};

#[tokio::test]
async fn the_table_in_headers() {
    let heads = HeadsRequest::new;
    for (header, request) in [
        ("x-color: blue", heads().with_x_color("blue")),
        ("x-color: a%20b, c", heads().with_x_color("a%20b, c")),
        ("x-colors: blue,black,brown", heads().with_x_colors(colors())),
        ("x-colors-exploded: blue,black,brown", heads().with_x_colors_exploded(colors())),
        ("x-rgb: R,100,G,200,B,150", heads().with_x_rgb(rgb())),
        ("x-rgb-exploded: R=100,G=200,B=150", heads().with_x_rgb_exploded(rgb())),
        (
            "x-nested: [{\"R\":1},{\"G\":2}]",
            heads().with_x_nested(vec![Rgb::default().with_r(1), Rgb::default().with_g(2)]),
        ),
    ] {
        is_written(&format!("/heads\n{header}"), request).await;
    }
    is_read("/heads\nx-colors: blue, black\nX-COLORS: brown", &heads().with_x_colors(colors())).await;
    assert_eq!(refused("/heads\nx-color: a\nx-color: b").await, "header X-Color repeated");
    assert_eq!(refused("/heads\nx-rgb: R\nx-nested: R").await, "header X-Rgb type; header X-Nested type");
    let comma = heads().with_x_colors(vec!["a,b".to_owned()]);
    assert_eq!(unsent(comma).await, "header X-Colors encoding");
}

#[tokio::test]
async fn the_table_in_cookies() {
    let heads = HeadsRequest::new;
    for (cookie, request) in [
        ("color=blue", heads().with_color("blue")),
        ("color=a%3Bb%20c", heads().with_color("a;b c")),
        ("colors=blue,black,brown", heads().with_colors(colors())),
        ("rgb=R,100,G,200,B,150", heads().with_rgb(rgb())),
        ("R=100; G=200; B=150", heads().with_exploded(rgb())),
        ("several=blue; several=black; several=brown", heads().with_several(colors())),
    ] {
        is_written(&format!("/heads\ncookie: {cookie}"), request).await;
    }
}
