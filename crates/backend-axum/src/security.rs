//! What an operation's `security` asks for, as the types and the code of a handler.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use specwright_ir::{Operation, Scheme, SchemeId, SchemeKind, SchemeUse};
use specwright_rust_emit::scope::free;
use specwright_rust_emit::{Context, attributes, code, ident, paths};

/// Names that a handler and a trait's method give to values of their own.
const LOCALS: [&str; 5] = ["self", "service", "call", "principal", "request"];

/// An operation's `security`, ordered for a server.
///
/// Alternatives of the same schemes, which differ in scopes, make the same principal. Anonymous access
/// comes last wherever it stands: it makes the others optional.
pub struct Security<'a> {
    cx: Context<'a>,
    operation: &'a Operation,
    choices: Vec<Vec<SchemeId>>,
    is_optional: bool,
}

impl<'a> Security<'a> {
    /// What the operation asks for; `None` where that is nothing.
    pub fn of(cx: Context<'a>, operation: &'a Operation) -> Option<Self> {
        let mut choices: Vec<Vec<SchemeId>> = Vec::new();
        for alternative in named(operation) {
            let schemes: Vec<SchemeId> = alternative.iter().map(|usage| usage.scheme).collect();
            if !choices.iter().any(|choice| is_same(choice, &schemes)) {
                choices.push(schemes);
            }
        }
        let is_optional = operation.security.iter().any(|alternative| alternative.schemes.is_empty());
        (!choices.is_empty()).then_some(Self { cx, operation, choices, is_optional })
    }

    /// The name of the handler's parameter: the scheme's where there is one, else `principal`.
    pub fn parameter(&self) -> Ident {
        match self.choices.iter().map(Vec::as_slice).collect::<Vec<_>>().as_slice() {
            [[id]] if !LOCALS.contains(&self.scheme(*id).name.snake.as_str()) => self.local(*id),
            _ => ident("principal"),
        }
    }

    /// The type of the handler's parameter, inside of the trait.
    pub fn ty(&self) -> TokenStream {
        let name = self.enum_name();
        self.ty_of(&quote!(#name), |id| {
            let scheme = self.pascal(id);
            quote!(Self::#scheme)
        })
    }

    /// The type of the handler's parameter, where the enum of alternatives and the schemes' principals
    /// have these names.
    pub fn ty_of(&self, name: &TokenStream, principal: impl Fn(SchemeId) -> TokenStream) -> TokenStream {
        let ty = if let [choice] = self.choices.as_slice() {
            let principals = choice.iter().map(|id| principal(*id));
            if choice.len() == 1 { quote!(#(#principals)*) } else { quote!((#(#principals),*)) }
        } else {
            let principals = self.schemes().into_iter().map(principal);
            quote!(#name<#(#principals),*>)
        };
        if self.is_optional { quote!(Option<#ty>) } else { ty }
    }

    /// The enum of the alternatives, where there are several.
    pub fn principal(&self) -> Option<TokenStream> {
        if self.choices.len() < 2 {
            return None;
        }
        let name = self.enum_name();
        let parameters = self.schemes().into_iter().map(|id| self.pascal(id));
        let text = format!(
            "Who calls `{}`: the first credential that was claimed.",
            self.operation.name.file_stem()
        );
        let docs = attributes(&[text]);
        let variants = self.choices.iter().map(|choice| {
            let variant = self.variant(choice);
            let parts = choice.iter().map(|id| self.pascal(*id));
            let wires: Vec<String> = choice.iter().map(|id| code(&self.scheme(*id).name.wire)).collect();
            let docs = attributes(&[wires.join(" and ")]);
            quote! { #docs #variant(#(#parts),*) }
        });
        Some(quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum #name<#(#parameters),*> { #(#variants),* }
        })
    }

    /// The statement that makes `principal` of the call's credentials.
    pub fn claim(&self) -> TokenStream {
        let tries: Vec<&[SchemeUse]> = named(self.operation).collect();
        if let ([usages], [choice]) = (tries.as_slice(), self.choices.as_slice())
            && let ([usage], [_]) = (*usages, choice.as_slice())
        {
            let principal = if self.is_optional { self.claim_of(usage) } else { self.required(usage) };
            return quote!(let principal = #principal;);
        }
        let (tries, otherwise) = match tries.split_last() {
            Some(([usage], before)) if self.is_optional => (before, self.last_attempt(usage)),
            _ if self.is_optional => (tries.as_slice(), quote!(None)),
            _ => (tries.as_slice(), quote!(return Err(call.unauthenticated());)),
        };
        let tries = tries.iter().map(|usages| self.attempt(usages));
        quote!(let principal = #(#tries else)* { #otherwise };)
    }

    /// The last alternative, of one scheme, where anonymous access follows.
    fn last_attempt(&self, usage: &SchemeUse) -> TokenStream {
        let claim = self.claim_of(usage);
        if self.choices.len() == 1 {
            return claim;
        }
        let (name, variant) = (self.enum_name(), self.variant(&[usage.scheme]));
        quote!(#claim.map(#name::#variant))
    }

    /// `if let Some(..) = .. && let Some(..) = .. { the principal }`
    fn attempt(&self, usages: &[SchemeUse]) -> TokenStream {
        let conditions = usages.iter().map(|usage| {
            let (local, claim) = (self.local(usage.scheme), self.claim_of(usage));
            quote!(let Some(#local) = #claim)
        });
        let schemes: Vec<SchemeId> = usages.iter().map(|usage| usage.scheme).collect();
        let choice = self.choices.iter().find(|choice| is_same(choice, &schemes)).unwrap_or(&schemes);
        let locals = choice.iter().map(|id| self.local(*id));
        let value = match (self.choices.len(), choice.len()) {
            (1, 1) => quote!(#(#locals)*),
            (1, _) => quote!((#(#locals),*)),
            _ => {
                let (name, variant) = (self.enum_name(), self.variant(choice));
                quote!(#name::#variant(#(#locals),*))
            }
        };
        let value = if self.is_optional { quote!(Some(#value)) } else { value };
        quote!(if #(#conditions)&&* { #value })
    }

    /// The expression of one scheme's answer: `Some` principal, or `None` where the credential is not its own.
    fn claim_of(&self, usage: &SchemeUse) -> TokenStream {
        let scheme = self.scheme(usage.scheme);
        let (claim, scopes) = (claim_name(scheme), &usage.scopes);
        quote!(super::#claim(&*service, &call, &[#(#scopes),*]).await?)
    }

    /// The expression of the only scheme's principal.
    fn required(&self, usage: &SchemeUse) -> TokenStream {
        let (require, scopes) = (require_name(self.scheme(usage.scheme)), &usage.scopes);
        quote!(super::#require(&*service, &call, &[#(#scopes),*]).await?)
    }

    /// Whether the parameter's type is more than clippy takes without a name.
    pub fn is_complex(&self) -> bool {
        self.schemes().len() > 4
    }

    /// Whether the operation asks for one scheme and nothing else will do.
    pub fn requires(&self, scheme: &Scheme) -> bool {
        let mut uses = named(self.operation);
        match (uses.next(), uses.next()) {
            (Some([usage]), None) => !self.is_optional && self.scheme(usage.scheme) == scheme,
            _ => false,
        }
    }

    /// Whether the operation asks for the scheme among others, or as an option.
    pub fn tries(&self, scheme: &Scheme) -> bool {
        let mut uses = self.operation.security.iter().flat_map(|alternative| &alternative.schemes);
        !self.requires(scheme) && uses.any(|usage| self.scheme(usage.scheme) == scheme)
    }

    /// The name of the enum of the alternatives, beside the tag's trait.
    pub fn enum_name(&self) -> Ident {
        let tag = &self.cx.ir.tags[self.operation.tag.0].name.pascal;
        let mut name = paths::suffixed(&self.operation.name.pascal, "Principal");
        if name == *tag {
            name.push_str("Choice");
        }
        ident(&name)
    }

    fn variant(&self, choice: &[SchemeId]) -> Ident {
        let names: Vec<&str> = choice.iter().map(|id| self.scheme(*id).name.pascal.as_str()).collect();
        let joined = names.join("And");
        // A scheme may be named as two others together are.
        let is_taken = choice.len() > 1
            && self
                .choices
                .iter()
                .any(|other| matches!(other.as_slice(), [id] if self.scheme(*id).name.pascal == joined));
        if is_taken { format_ident!("{joined}Together") } else { ident(&joined) }
    }

    /// Every scheme of the alternatives once, in order of appearance: the enum's type parameters.
    fn schemes(&self) -> Vec<SchemeId> {
        let mut schemes: Vec<SchemeId> = Vec::new();
        for id in self.choices.iter().flatten() {
            if !schemes.contains(id) {
                schemes.push(*id);
            }
        }
        schemes
    }

    fn scheme(&self, id: SchemeId) -> &'a Scheme {
        self.cx.ir.scheme(id)
    }

    fn pascal(&self, id: SchemeId) -> Ident {
        ident(&self.scheme(id).name.pascal)
    }

    fn local(&self, id: SchemeId) -> Ident {
        free(&self.scheme(id).name.snake, &LOCALS)
    }
}

/// The alternatives that ask for a credential.
fn named(operation: &Operation) -> impl Iterator<Item = &[SchemeUse]> {
    operation
        .security
        .iter()
        .map(|alternative| alternative.schemes.as_slice())
        .filter(|uses| !uses.is_empty())
}

fn is_same(one: &[SchemeId], other: &[SchemeId]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

/// The schemes that operations ask for, in document order.
pub fn schemes_in_use(cx: Context<'_>) -> Vec<&Scheme> {
    cx.schemes().map(|id| cx.ir.scheme(id)).collect()
}

/// The name of the function that asks for a scheme's principal, if there is one.
pub fn claim_name(scheme: &Scheme) -> Ident {
    format_ident!("claim_{}", scheme.name.file_stem())
}

/// The name of the function that insists on a scheme's principal.
pub fn require_name(scheme: &Scheme) -> Ident {
    format_ident!("require_{}", scheme.name.file_stem())
}

/// The credential of a scheme, as its method gets it.
pub struct Credential {
    /// The parameter's name.
    pub name: Ident,
    /// The parameter's type.
    pub ty: TokenStream,
    /// The expression that reads it from the call.
    pub read: TokenStream,
}

/// The credential of a scheme.
pub fn credential(scheme: &Scheme) -> Credential {
    let text = quote!(Option<&str>);
    let (name, ty, read) = match &scheme.kind {
        SchemeKind::Bearer { .. } => ("token", text, quote!(call.bearer())),
        SchemeKind::Basic => {
            ("credentials", quote!(Option<::specwright_runtime::server::Basic>), quote!(call.basic()))
        }
        SchemeKind::Http { scheme } => ("credentials", text, quote!(call.http(#scheme))),
        SchemeKind::HeaderKey { header } => ("key", text, quote!(call.header_key(#header))),
        SchemeKind::QueryKey { parameter } => ("key", text, quote!(call.query_key(#parameter).as_deref())),
        SchemeKind::CookieKey { cookie } => ("key", text, quote!(call.cookie_key(#cookie))),
        SchemeKind::MutualTls => (
            "certificate",
            quote!(Option<&::specwright_runtime::server::ClientCertificate>),
            quote!(call.certificate()),
        ),
    };
    Credential { name: ident(name), ty, read }
}
