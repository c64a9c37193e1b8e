//! What people read in their mail: a subject and a few plain lines for each kind.

use crate::domain::mail::{MailKind, Message};
use crate::domain::secret::Token;

/// The subject. It holds nothing of anybody's input.
pub(super) const fn subject(kind: MailKind) -> &'static str {
    match kind {
        MailKind::OptIn => "Confirm your e-mail address",
        MailKind::PasswordReset => "Choose a new password",
        MailKind::EmailChangeRequest => "Confirm your new e-mail address",
        MailKind::EmailChange => "Your e-mail address was changed",
        MailKind::DeletionRequest => "Confirm that your account is to be deleted",
        MailKind::PasswordChanged => "Your password was changed",
        MailKind::Created => "Welcome",
    }
}

/// The text.
pub(super) fn body(message: &Message) -> String {
    let tenant = &message.tenant;
    let (what, otherwise) = match message.kind {
        MailKind::OptIn => (
            format!("an account at {tenant} was opened with this e-mail address. To confirm it,"),
            "If it was not you, ignore this mail; the account stays closed.",
        ),
        MailKind::PasswordReset => (
            format!("a new password was asked for, for your account at {tenant}. To choose one,"),
            "If it was not you, ignore this mail; your password stays as it is.",
        ),
        MailKind::EmailChangeRequest => (
            format!("this e-mail address is to become the login of an account at {tenant}. To confirm it,"),
            "If it was not you, ignore this mail; nothing changes.",
        ),
        MailKind::DeletionRequest => (
            format!("your account at {tenant} is to be deleted. To confirm that,"),
            "If it was not you, ignore this mail; your account stays.",
        ),
        MailKind::EmailChange => (
            format!("the login of your account at {tenant} is another e-mail address from now on."),
            "If it was not you, get in touch with us.",
        ),
        MailKind::PasswordChanged => (
            format!("the password of your account at {tenant} was changed."),
            "If it was not you, ask for a new password and get in touch with us.",
        ),
        MailKind::Created => {
            (format!("your account at {tenant} is ready."), "If it was not you, get in touch with us.")
        }
    };
    let action = match (&message.link, message.token.as_ref().map(Token::expose)) {
        (Some(link), _) => format!(" open this page:\n\n{link}"),
        (None, Some(token)) => format!(" use this code:\n\n{token}"),
        (None, None) => String::new(),
    };
    format!("Hello,\n\n{what}{action}\n\n{otherwise}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::queue::tests::message;

    #[test]
    fn the_link_stands_on_a_line_of_its_own() {
        let mut mail = message("acme", "ann@a.example", MailKind::PasswordReset, "1");
        let expected = "Hello,\n\n\
            a new password was asked for, for your account at acme. To choose one, open this page:\n\n\
            https://shop.example/reset?token=hush\n\n\
            If it was not you, ignore this mail; your password stays as it is.\n";
        assert_eq!(body(&mail), expected);

        mail.link = None;
        assert!(body(&mail).contains("To choose one, use this code:\n\nhush\n\n"));
    }

    #[test]
    fn a_notice_asks_for_nothing() {
        let mut mail = message("acme", "ann@a.example", MailKind::PasswordChanged, "1");
        (mail.link, mail.token) = (None, None);
        let expected = "Hello,\n\nthe password of your account at acme was changed.\n\n\
            If it was not you, ask for a new password and get in touch with us.\n";
        assert_eq!(body(&mail), expected);
    }
}
