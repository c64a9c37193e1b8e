//! Addresses.

use customer_api::operations::addresses::{
    AddAddressError, AddAddressRequest, AddAddressResponse, AddAddressTagsError, AddAddressTagsRequest,
    AddAddressTagsResponse, ListAddressesError, ListAddressesRequest, ListAddressesResponse,
    RemoveAddressError, RemoveAddressRequest, RemoveAddressResponse, RemoveAddressTagsError,
    RemoveAddressTagsRequest, RemoveAddressTagsResponse, RetrieveAddressByIdError,
    RetrieveAddressByIdRequest, RetrieveAddressByIdResponse, UpdateAddressError, UpdateAddressRequest,
    UpdateAddressResponse,
};
use customer_api::server::Addresses;
use customer_api::types::{AddressDto, ResourceLocation};
use specwright_runtime::Failure;

use super::CustomerService;
use crate::domain::session::CustomerCaller;

impl Addresses for CustomerService {
    async fn add_address(
        &self,
        customer: CustomerCaller,
        request: AddAddressRequest,
    ) -> Result<AddAddressResponse, Failure<AddAddressError>> {
        let id = customer.add_address(request.body.into())?;
        Ok(ResourceLocation::new(id).into())
    }

    async fn add_address_tags(
        &self,
        customer: CustomerCaller,
        request: AddAddressTagsRequest,
    ) -> Result<AddAddressTagsResponse, Failure<AddAddressTagsError>> {
        customer.add_tags(&request.address_id, &request.tags)?;
        Ok(AddAddressTagsResponse::NoContent)
    }

    async fn list_addresses(
        &self,
        customer: CustomerCaller,
        _request: ListAddressesRequest,
    ) -> Result<ListAddressesResponse, Failure<ListAddressesError>> {
        let addresses: Vec<AddressDto> = customer.addresses()?.into_iter().map(Into::into).collect();
        Ok(addresses.into())
    }

    async fn remove_address(
        &self,
        customer: CustomerCaller,
        request: RemoveAddressRequest,
    ) -> Result<RemoveAddressResponse, Failure<RemoveAddressError>> {
        customer.remove_address(&request.address_id)?;
        Ok(RemoveAddressResponse::NoContent)
    }

    async fn remove_address_tags(
        &self,
        customer: CustomerCaller,
        request: RemoveAddressTagsRequest,
    ) -> Result<RemoveAddressTagsResponse, Failure<RemoveAddressTagsError>> {
        customer.remove_tags(&request.address_id, &request.tags)?;
        Ok(RemoveAddressTagsResponse::NoContent)
    }

    async fn retrieve_address_by_id(
        &self,
        customer: CustomerCaller,
        request: RetrieveAddressByIdRequest,
    ) -> Result<RetrieveAddressByIdResponse, Failure<RetrieveAddressByIdError>> {
        let address = customer.address(&request.address_id)?;
        Ok(AddressDto::from(address).into())
    }

    async fn update_address(
        &self,
        customer: CustomerCaller,
        request: UpdateAddressRequest,
    ) -> Result<UpdateAddressResponse, Failure<UpdateAddressError>> {
        let patch = request.body.unwrap_or_default();
        customer.update_address(&request.address_id, patch.into())?;
        Ok(UpdateAddressResponse::Ok)
    }
}
