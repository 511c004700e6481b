package dev.bes.api.client;

import org.springframework.http.MediaType;
import org.springframework.web.service.annotation.HttpExchange;

/** The calls of the REST API that answer with JSON. Every call throws {@link ApiException} and nothing else. */
@HttpExchange(url = "/api/v1", accept = MediaType.APPLICATION_JSON_VALUE)
public interface OrchestratorApi extends RunCalls, DefinitionCalls, InstallationCalls, AccountCalls {}
