"use strict";
// Asks nobody but this service: no validator, no file named by the address.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#operations",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: false,
  queryConfigEnabled: false,
  validatorUrl: null
});
