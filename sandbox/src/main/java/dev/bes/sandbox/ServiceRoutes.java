package dev.bes.sandbox;

import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.request.Query;
import dev.bes.sandbox.request.ServiceAddress;
import dev.bes.sandbox.rrs.RequestResponse;
import dev.bes.sandbox.settings.ReplyAnswer.ErrorTarget;
import dev.bes.sandbox.settings.ReplyAnswer.JsonType;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.swagger.SwaggerDocument;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the service and the operation of a call, and checks its key and version. */
final class ServiceRoutes implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ServiceRoutes.class);
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

    private final Catalogue catalogue;
    private final BatchExecution batch;
    private final RequestResponse rows;
    private final RuntimeSettings settings;
    private final String prefix;

    ServiceRoutes(Catalogue catalogue, BatchExecution batch, RequestResponse rows, RuntimeSettings settings) {
        this(catalogue, batch, rows, settings, "");
    }

    private ServiceRoutes(
            Catalogue catalogue, BatchExecution batch, RequestResponse rows, RuntimeSettings settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
        this.catalogue = catalogue;
        this.batch = batch;
        this.rows = rows;
    }

    /** The same services as callers see them below a path: it is a part of the address in their descriptions. */
    ServiceRoutes below(String path) {
        return new ServiceRoutes(catalogue, batch, rows, settings, path);
    }

    @Override
    public Reply handle(Request request) {
        Reply reply = answer(request).with("x-ms-request-id", UUID.randomUUID().toString());
        String type = reply.headers().getOrDefault("Content-Type", "");
        return type.startsWith("application/json") && settings.assumptions().has(JsonType.TEXT_JSON)
                ? reply.with("Content-Type", type.replaceFirst("^application/json", "text/json"))
                : reply;
    }

    private Reply answer(Request request) {
        boolean targets = settings.assumptions().has(ErrorTarget.NAMED);
        try {
            ServiceAddress address = ServiceAddress.of(request.path(), settings.assumptions())
                    .orElseThrow(Problem.OPERATION_NOT_FOUND::about);
            return answer(request, service(address), address);
        } catch (Rejection e) {
            return e.reply(targets);
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return Problem.UNKNOWN_ERROR.about().reply(targets);
        }
    }

    private Reply answer(Request request, WebService service, ServiceAddress address) {
        String call = request.method() + " " + address.operation();
        if (call.equals("GET swagger.json") || call.equals("HEAD swagger.json")) {
            String base = prefix + base(request.path());
            return Reply.json(200, SwaggerDocument.of(service, request.scheme(), request.host(), base));
        }
        checkKey(request, service);
        checkVersion(Query.value(request, "api-version", settings.assumptions()));
        return switch (call) {
            case "POST execute" -> rows.execute(service, request);
            case "POST jobs" -> batch.submit(service, request.body());
            case "GET jobs/*", "GET jobs" -> batch.status(service, address.job());
            case "DELETE jobs/*", "DELETE jobs" -> batch.delete(service, address.job());
            case "POST jobs/*/start" -> batch.start(service, address.job());
            default -> throw Problem.OPERATION_NOT_FOUND.about();
        };
    }

    private WebService service(ServiceAddress address) {
        if (!ID.matcher(address.service()).matches()) {
            throw Problem.WEB_SERVICE_ID_INVALID.about();
        }
        boolean classic = address.classic();
        List<WebService> inGroup = catalogue.services().stream()
                .filter(it -> (classic ? it.workspaceId() : it.subscriptionId()).equals(address.group()))
                .toList();
        if (classic && inGroup.isEmpty()) {
            throw Problem.WORKSPACE_NOT_FOUND.about();
        }
        Problem missing = classic ? Problem.WEB_SERVICE_ID_NOT_FOUND_IN_WORKSPACE : Problem.WEB_SERVICE_NOT_FOUND;
        return inGroup.stream()
                .filter(it -> it.serviceId().equals(address.service()))
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

    private static void checkVersion(String version) {
        if (!version.equals("2.0")) {
            throw Problem.BAD_VERSION_CALL.about(version);
        }
    }

    private static String base(String path) {
        return path.substring(0, path.toLowerCase(Locale.ROOT).lastIndexOf("/swagger.json"));
    }
}
