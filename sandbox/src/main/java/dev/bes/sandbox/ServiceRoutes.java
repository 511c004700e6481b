package dev.bes.sandbox;

import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.rrs.RequestResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the service and the operation of a call, and checks its key and version. */
final class ServiceRoutes implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ServiceRoutes.class);
    private static final Pattern SERVICE =
            Pattern.compile("/(workspaces|subscriptions)/([^/]+)/services/([^/]+)(/.*)?");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern JOB = Pattern.compile("/jobs/([^/]*)(/start)?");

    private final Catalogue catalogue;
    private final BatchExecution batch;
    private final RequestResponse rows;

    ServiceRoutes(Catalogue catalogue, BatchExecution batch, RequestResponse rows) {
        this.catalogue = catalogue;
        this.batch = batch;
        this.rows = rows;
    }

    @Override
    public Reply handle(Request request) {
        return answer(request).with("x-ms-request-id", UUID.randomUUID().toString());
    }

    private Reply answer(Request request) {
        try {
            Matcher address = SERVICE.matcher(request.path());
            if (!address.matches()) {
                throw Problem.OPERATION_NOT_FOUND.about();
            }
            String operation = address.group(4) == null ? "" : address.group(4);
            WebService service = service(address.group(1), address.group(2), address.group(3));
            return answer(request, service, operation);
        } catch (Rejection e) {
            return e.reply();
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return Problem.UNKNOWN_ERROR.about().reply();
        }
    }

    private Reply answer(Request request, WebService service, String operation) {
        if (operation.equals("/swagger.json") && request.method().equals("GET")) {
            return Reply.json(200, Swagger.of(service, request.host(), base(request.path())));
        }
        checkKey(request, service);
        checkVersion(request);
        if (operation.equals("/execute") && request.method().equals("POST")) {
            return rows.execute(service, request);
        }
        if (operation.equals("/jobs") && request.method().equals("POST")) {
            return batch.submit(service, request.body());
        }
        Matcher job = JOB.matcher(operation);
        if (!job.matches()) {
            throw Problem.OPERATION_NOT_FOUND.about();
        }
        return onJob(request.method() + (job.group(2) == null ? "" : job.group(2)), service, job.group(1));
    }

    private Reply onJob(String verb, WebService service, String id) {
        return switch (verb) {
            case "GET" -> batch.status(service, id);
            case "DELETE" -> batch.delete(service, id);
            case "POST/start" -> batch.start(service, id);
            default -> throw Problem.OPERATION_NOT_FOUND.about();
        };
    }

    private WebService service(String kind, String group, String id) {
        if (!ID.matcher(id).matches()) {
            throw Problem.WEB_SERVICE_ID_INVALID.about();
        }
        boolean classic = kind.equals("workspaces");
        List<WebService> inGroup = catalogue.services().stream()
                .filter(it -> (classic ? it.workspaceId() : it.subscriptionId()).equals(group))
                .toList();
        if (classic && inGroup.isEmpty()) {
            throw Problem.WORKSPACE_NOT_FOUND.about();
        }
        Problem missing = classic ? Problem.WEB_SERVICE_ID_NOT_FOUND_IN_WORKSPACE : Problem.WEB_SERVICE_NOT_FOUND;
        return inGroup.stream()
                .filter(it -> it.serviceId().equals(id))
                .findFirst()
                .orElseThrow(missing::about);
    }

    /** The scheme is matched without regard to case: Microsoft's own Python library sends {@code bearer}. */
    private static void checkKey(Request request, WebService service) {
        String sent = request.header("Authorization").orElse("");
        boolean bearer = sent.regionMatches(true, 0, "Bearer ", 0, 7);
        if (!bearer || !service.accepts(sent.substring(7).strip())) {
            throw Problem.SCORE_REQUEST_UNAUTHORIZED.about();
        }
    }

    private static void checkVersion(Request request) {
        String version = request.query("api-version").orElse("");
        if (!version.equals("2.0")) {
            throw Problem.BAD_VERSION_CALL.about(version);
        }
    }

    private static String base(String path) {
        return path.substring(0, path.length() - "/swagger.json".length());
    }
}
