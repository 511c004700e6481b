package dev.bes.orchestrator.web.page.trigger;

import dev.bes.api.run.CallbacksJson.CallbackJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.callback.Callback;
import dev.bes.orchestrator.callback.CallbackFilter;
import dev.bes.orchestrator.callback.Callbacks;
import dev.bes.orchestrator.web.api.installation.CallbackRetries;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.CallbackQuery;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The page of callbacks. */
@Controller
final class CallbacksPage {
    private final Callbacks callbacks;
    private final CallbackRetries retries;
    private final RelativeTimes relativeTimes;

    CallbacksPage(Callbacks callbacks, CallbackRetries retries, RelativeTimes relativeTimes) {
        this.callbacks = callbacks;
        this.retries = retries;
        this.relativeTimes = relativeTimes;
    }

    /**
     * A callback.
     *
     * @param last when it was last tried; null if it was not yet
     * @param due when it is tried next; null if it is not
     */
    record Row(
            Callback callback,
            @Nullable Moment last,
            @Nullable Moment due) {}

    @GetMapping("/callbacks")
    @Requires(Role.VIEWER)
    @Listed(
            of = CallbackJson.class,
            items = "callbacks",
            sort = {"-id"},
            usual = 100,
            most = 200)
    String callbacks(@ModelAttribute("query") CallbackQuery query, ListQuery list, Model model, Access access) {
        CallbackFilter filter = query.filter(access.scope(Role.VIEWER));
        ListQuery.Page<Callback> page =
                list.read((descending, after, limit) -> callbacks.list(filter, descending, after, limit), Callback::id);
        model.addAttribute("rows", page.items().stream().map(this::row).toList());
        model.addAttribute("older", page.next());
        model.addAttribute("newest", list.after() != null);
        model.addAttribute(
                "states",
                Arrays.stream(Callback.State.values()).map(Callback.State::word).toList());
        return "callbacks";
    }

    private Row row(Callback callback) {
        return new Row(
                callback,
                callback.attemptedAt() == null ? null : relativeTimes.of(callback.attemptedAt()),
                callback.dueAt() == null ? null : relativeTimes.of(callback.dueAt()));
    }

    @PostMapping(
            path = "/callbacks/{id:\\d{1,18}}/retry",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String retry(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        return "redirect:/callbacks?run=" + retries.retry(id, access).run();
    }
}
