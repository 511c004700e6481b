package dev.bes.sandbox.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists the web services of a workspace and their endpoints, to read only. The real addresses are on
 * {@code management.azureml.net}, with the workspace's authorization token; here they are on the direct port, with the
 * sandbox's token. Source: {@code R/services.R} of the R package AzureML.
 */
public final class WorkspaceApi implements Handler {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final WebServices services;
    private final Handler backend;
    private final RuntimeSettings settings;
    private final byte[] token;

    /**
     * Creates the API.
     *
     * @param backend answers for {@code swagger.json} of a service
     * @param settings which ids and which case an address may have
     * @param token what callers send as {@code Authorization: Bearer …}; help needs none
     */
    public WorkspaceApi(WebServices services, Handler backend, RuntimeSettings settings, String token) {
        this.services = services;
        this.backend = backend;
        this.settings = settings;
        this.token = token.getBytes(UTF_8);
    }

    /** Whether a path is one of these addresses. */
    public boolean owns(String path) {
        return WorkspaceAddress.of(path, settings.assumptions()).isPresent();
    }

    @Override
    public Reply handle(Request request) {
        try {
            WorkspaceAddress address = WorkspaceAddress.of(request.path(), settings.assumptions())
                    .filter(it -> request.method().equals("GET"))
                    .orElseThrow(Problem.OPERATION_NOT_FOUND::about);
            return address.apiDocument() ? apiDocument(request, address) : listed(request, address);
        } catch (Rejection e) {
            return e.reply(false);
        }
    }

    private Reply listed(Request request, WorkspaceAddress address) {
        checkToken(request);
        String workspace = address.workspace();
        String id = address.service();
        if (id.isEmpty()) {
            return reply(
                    services.services(workspace).stream().map(services::json).toList());
        }
        if (!address.endpoints()) {
            return reply(services.json(services.service(workspace, id)));
        }
        if (address.endpoint().isEmpty()) {
            return reply(List.of(services.endpointJson(services.service(workspace, id), request.origin())));
        }
        return reply(services.endpointJson(services.endpoint(workspace, id, address.endpoint()), request.origin()));
    }

    private Reply apiDocument(Request request, WorkspaceAddress address) {
        WebService service = services.endpoint(address.workspace(), address.service(), address.endpoint());
        return backend.handle(new Request(
                request.scheme(), "GET", service.path() + "/swagger.json", Map.of(), request.headers(), ""));
    }

    private void checkToken(Request request) {
        String sent = request.header("Authorization").orElse("");
        boolean known = sent.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(sent.substring(7).strip().getBytes(UTF_8), token);
        if (!known) {
            throw Problem.SCORE_REQUEST_UNAUTHORIZED.about();
        }
    }

    private static Reply reply(Object body) {
        return Reply.json(200, json.writeValueAsString(body)).with("Cache-Control", "no-store");
    }
}
