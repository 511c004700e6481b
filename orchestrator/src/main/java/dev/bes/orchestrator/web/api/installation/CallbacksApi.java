package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.run.CallbacksJson;
import dev.bes.api.run.CallbacksJson.CallbackJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.callback.Callback;
import dev.bes.orchestrator.callback.CallbackFilter;
import dev.bes.orchestrator.callback.Callbacks;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.CallbackQuery;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reads callbacks and has them made once more, for programs. */
@RestController
@RequestMapping("/api/v1/callbacks")
final class CallbacksApi {
    private final Callbacks callbacks;
    private final CallbackRetries retries;
    private final EmptyBody emptyBody;

    CallbacksApi(Callbacks callbacks, CallbackRetries retries, EmptyBody emptyBody) {
        this.callbacks = callbacks;
        this.retries = retries;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = CallbackJson.class,
            items = "callbacks",
            sort = {"-id"},
            usual = 50,
            most = 200)
    CallbacksJson list(@ModelAttribute CallbackQuery query, ListQuery list, Access access) {
        CallbackFilter filter = query.filter(access.scope(Role.VIEWER));
        ListQuery.Page<Callback> page =
                list.read((descending, after, limit) -> callbacks.list(filter, descending, after, limit), Callback::id);
        return new CallbacksJson(page.items().stream().map(CallbacksApi::json).toList(), page.next());
    }

    /** Has a callback made now, also one that was delivered or given up. */
    @JsonPost("/{id:\\d{1,18}}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Role.OPERATOR)
    CallbackJson retry(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        emptyBody.require(body);
        return json(retries.retry(id, access));
    }

    private static CallbackJson json(Callback callback) {
        return new CallbackJson(
                callback.id(),
                callback.event(),
                callback.run(),
                callback.definition(),
                callback.shownAddress(),
                callback.state().word(),
                callback.attempts(),
                callback.status(),
                callback.error(),
                callback.createdAt(),
                callback.dueAt(),
                callback.attemptedAt(),
                callback.endedAt(),
                Map.of(
                        "run",
                        Address.of("/api/v1/runs/" + callback.run()),
                        "retry",
                        Address.of("/api/v1/callbacks/" + callback.id() + "/retry")));
    }
}
