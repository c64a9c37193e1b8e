//! Account and profile.

use customer_api::operations::account::{
    AssignCustomerAccountError, AssignCustomerAccountRequest, AssignCustomerAccountResponse,
    RemoveCustomerProfileError, RemoveCustomerProfileRequest, RemoveCustomerProfileResponse,
    RetrieveCustomerProfileError, RetrieveCustomerProfileRequest, RetrieveCustomerProfileResponse,
    UpdateCustomerBody, UpdateCustomerError, UpdateCustomerRequest, UpdateCustomerResponse,
};
use customer_api::server::Account;
use customer_api::server::account::RetrieveCustomerProfilePrincipal as Principal;
use customer_api::types::{CustomerPatch, ResourceLocation};
use specwright_runtime::Failure;

use super::expand::Expand;
use super::{CustomerService, convert};
use crate::domain::session::{AnonymousCaller, CustomerCaller};

impl Account for CustomerService {
    async fn assign_customer_account(
        &self,
        customer: CustomerCaller,
        request: AssignCustomerAccountRequest,
    ) -> Result<AssignCustomerAccountResponse, Failure<AssignCustomerAccountError>> {
        let credentials = convert::credentials(request.body)?;
        let number = customer.assign_account(credentials).await?;
        Ok(ResourceLocation::new(number.as_str()).into())
    }

    async fn remove_customer_profile(
        &self,
        customer: CustomerCaller,
        request: RemoveCustomerProfileRequest,
    ) -> Result<RemoveCustomerProfileResponse, Failure<RemoveCustomerProfileError>> {
        if let Some(token) = request.token {
            customer.delete(&convert::token(token))?;
            Ok(RemoveCustomerProfileResponse::Accepted)
        } else {
            customer.request_deletion()?;
            Ok(RemoveCustomerProfileResponse::NoContent)
        }
    }

    async fn retrieve_customer_profile(
        &self,
        caller: Principal<CustomerCaller, AnonymousCaller>,
        request: RetrieveCustomerProfileRequest,
    ) -> Result<RetrieveCustomerProfileResponse, Failure<RetrieveCustomerProfileError>> {
        let expand = Expand::parse(request.expand.as_deref().unwrap_or_default());
        let profile = match caller {
            Principal::CustomerAccessToken(customer) => convert::profile(customer.profile()?, &expand),
            Principal::AnonymousAccessToken(_) => convert::anonymous_profile(),
        };
        Ok(profile.into())
    }

    async fn update_customer(
        &self,
        customer: CustomerCaller,
        request: UpdateCustomerRequest,
    ) -> Result<UpdateCustomerResponse, Failure<UpdateCustomerError>> {
        let patch = match request.body {
            Some(UpdateCustomerBody::Json(patch) | UpdateCustomerBody::MergePatchJson(patch)) => patch,
            None => CustomerPatch::default(),
        };
        customer.update_profile(convert::profile_patch(patch)?)?;
        Ok(UpdateCustomerResponse::Ok)
    }
}
