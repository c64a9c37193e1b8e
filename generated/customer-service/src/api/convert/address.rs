//! Addresses.

use customer_api::types::{
    Address as ShownAddress, AddressCreateDto, AddressDto, AddressPatch as Changes, DefaultDtoMetadata,
    SignupAddress,
};
use specwright_runtime::Patch;

use super::{metadata_mixins, metadata_patch};
use crate::domain::address::{Address, AddressPatch, Lines, NewAddress};

/// Calls a macro with the names of all lines but `contact_name`, whose type differs from type to type.
macro_rules! with_line_names {
    ($call:ident $($argument:tt)*) => {
        $call!($($argument)* company_name street street_number street_appendix extra_line1 extra_line2
            extra_line3 extra_line4 zip_code city country state contact_phone)
    };
}

/// Takes the lines out of an address of the contract, each converted.
macro_rules! take_lines {
    ($from:ident $contact_name:ident $convert:path; $($line:ident)*) => {
        Lines { $contact_name, $($line: $convert($from.$line),)* }
    };
}

/// Puts the lines into an address of the contract.
macro_rules! put_lines {
    ($lines:ident $into:ident; $($line:ident)*) => {
        $($into.$line = $lines.$line;)*
    };
}

/// The contract has two types for a new address, alike but for their names.
macro_rules! new_addresses {
    ($($given:ident),*) => {$(
        impl From<$given> for NewAddress {
            fn from(address: $given) -> Self {
                let contact_name = Some(address.contact_name);
                Self {
                    lines: with_line_names!(take_lines address contact_name Patch::into_value;),
                    tags: address.tags.into_value().unwrap_or_default(),
                    mixins: address.mixins.into_value().unwrap_or_default(),
                    metadata_mixins: metadata_mixins(address.metadata),
                }
            }
        }
    )*};
}

new_addresses!(AddressCreateDto, SignupAddress);

impl From<Changes> for AddressPatch {
    fn from(changes: Changes) -> Self {
        let contact_name = changes.contact_name.map_or(Patch::Absent, Patch::Value);
        let (version, metadata_mixins) = metadata_patch(changes.metadata);
        Self {
            lines: with_line_names!(take_lines changes contact_name std::convert::identity;),
            is_default: changes.is_default,
            tags: changes.tags,
            mixins: changes.mixins,
            metadata_mixins,
            version,
        }
    }
}

impl From<Address> for AddressDto {
    fn from(address: Address) -> Self {
        let lines = address.lines;
        let metadata = DefaultDtoMetadata::default().with_version(address.version);
        let mut shown = Self::default()
            .with_id(address.id)
            .with_is_default(address.is_default)
            .with_tags(address.tags)
            .with_metadata(metadata.with_mixins(address.metadata_mixins))
            .with_mixins(address.mixins);
        shown.contact_name = lines.contact_name;
        with_line_names!(put_lines lines shown;);
        shown
    }
}

impl From<Address> for ShownAddress {
    fn from(address: Address) -> Self {
        let lines = address.lines;
        let metadata = DefaultDtoMetadata::default().with_version(address.version);
        let mut shown = Self::new(lines.contact_name.unwrap_or_default())
            .with_id(address.id)
            .with_is_default(address.is_default)
            .with_tags(address.tags)
            .with_metadata(metadata.with_mixins(address.metadata_mixins))
            .with_mixins(address.mixins);
        with_line_names!(put_lines lines shown;);
        shown
    }
}
