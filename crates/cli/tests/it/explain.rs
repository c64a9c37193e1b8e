//! `specwright explain`

use crate::site::Site;

#[test]
fn a_page_goes_to_stdout() {
    let ended = Site::new().expect(0, &["explain", "sw0521"]);
    assert!(ended.stdout.starts_with("# SW0521: "), "{}", ended.stdout);
    assert_eq!(ended.stderr, "");
}

#[test]
fn an_unknown_code_is_a_mistake_in_usage() {
    let ended = Site::new().expect(2, &["explain", "SW9999"]);
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.contains("no code `SW9999`"), "{}", ended.stderr);
}
