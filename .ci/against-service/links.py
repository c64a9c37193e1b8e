"""What leads where: the links that the document does not have and that names do not suggest."""

import schemathesis

TENANT = "$request.path.tenant"
ADDRESSES = "/customer/{tenant}/me/addresses"
LOGIN = "/customer/{tenant}/login"

LINKS = [
    ("post", ADDRESSES, "201", operation_id, {"tenant": TENANT, "addressId": "$response.body#/id"}, None)
    for operation_id in (
        "GET-customer-retrieve-address-by-id",
        "PATCH-customer-update-customer-address",
        "DELETE-customer-remove-customer-address-by-id",
        "POST-customer-add-address-tags",
        "DELETE-customer-remove-address-tags",
    )
] + [
    (
        "get",
        "/customerlogin/auth/anonymous/login",
        "200",
        "GET-oauth-refresh-anonymous-access-token",
        {
            "tenant": "$request.query.tenant",
            "client_id": "$request.query.client_id",
            "refresh_token": "$response.body#/refresh_token",
        },
        None,
    ),
    (
        "post",
        "/customer/{tenant}/signup",
        "201",
        "POST-customer-authenticate-customer",
        {"tenant": TENANT},
        {"email": "$request.body#/email", "password": "$request.body#/password"},
    ),
    (
        "post",
        LOGIN,
        "200",
        "GET-customer-logout-customer",
        {"tenant": TENANT, "accessToken": "$response.body#/access_token"},
        None,
    ),
    (
        "post",
        LOGIN,
        "200",
        "GET-customer-refresh-authtoken",
        {"tenant": TENANT, "refreshToken": "$response.body#/refresh_token"},
        None,
    ),
    (
        "delete",
        "/customer/{tenant}/me",
        "204",
        "GET-customer-retrieve-customer-profile",
        {"tenant": TENANT},
        None,
    ),
]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for method, path, status, operation_id, parameters, body in LINKS:
        response = raw_schema["paths"][path][method]["responses"][status]
        definition = {"operationId": operation_id, "parameters": parameters}
        if body:
            definition["requestBody"] = body
        response.setdefault("links", {})[operation_id] = definition
