package dev.bes.sandbox.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.problem.Rejection;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists the web services of a workspace and their endpoints, to read only. The real addresses are on
 * {@code management.azureml.net}, with the workspace's authorization token; here they are on the direct port, with the
 * sandbox's token. Source: {@code R/services.R} of the R package AzureML.
 */
public final class WorkspaceApi implements Handler {

    private static final Pattern ADDRESS = Pattern.compile(
            "/workspaces/([^/]+)/webservices(?:/([^/]+)(?:(/endpoints)(?:/([^/]+)(/apidocument)?)?)?)?");
    private static final JsonMapper json = JsonMapper.builder().build();

    private final WebServices services;
    private final Handler backend;
    private final byte[] token;

    /**
     * Creates the API.
     *
     * @param backend answers for {@code swagger.json} of a service
     * @param token what callers send as {@code Authorization: Bearer …}; help needs none
     */
    public WorkspaceApi(WebServices services, Handler backend, String token) {
        this.services = services;
        this.backend = backend;
        this.token = token.getBytes(UTF_8);
    }

    /** Whether a path is one of these addresses. */
    public static boolean owns(String path) {
        return ADDRESS.matcher(path).matches();
    }

    @Override
    public Reply handle(Request request) {
        try {
            Matcher address = ADDRESS.matcher(request.path());
            if (!address.matches() || !request.method().equals("GET")) {
                throw Problem.OPERATION_NOT_FOUND.about();
            }
            return address.group(5) == null ? listed(request, address) : apiDocument(request, address);
        } catch (Rejection e) {
            return e.reply(false);
        }
    }

    private Reply listed(Request request, Matcher address) {
        checkToken(request);
        String workspace = address.group(1);
        String id = address.group(2);
        if (id == null) {
            return reply(
                    services.services(workspace).stream().map(services::json).toList());
        }
        if (address.group(3) == null) {
            return reply(services.json(services.service(workspace, id)));
        }
        if (address.group(4) == null) {
            return reply(List.of(services.endpointJson(services.service(workspace, id), request.origin())));
        }
        return reply(services.endpointJson(services.endpoint(workspace, id, address.group(4)), request.origin()));
    }

    private Reply apiDocument(Request request, Matcher address) {
        WebService service = services.endpoint(address.group(1), address.group(2), address.group(4));
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
