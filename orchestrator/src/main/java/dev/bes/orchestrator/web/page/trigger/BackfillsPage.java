package dev.bes.orchestrator.web.page.trigger;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.backfill.Backfill;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.web.api.backfill.VisibleBackfills;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.Requires;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;

/** The buttons that pause, resume and cancel backfills. */
@Controller
final class BackfillsPage {
    private final VisibleBackfills visible;
    private final Backfills backfills;

    BackfillsPage(VisibleBackfills visible, Backfills backfills) {
        this.visible = visible;
        this.backfills = backfills;
    }

    @FormPost("/backfills/{id:\\d{1,18}}/pause")
    @Requires(Role.OPERATOR)
    String pause(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        return change(id, access, backfills::pause);
    }

    @FormPost("/backfills/{id:\\d{1,18}}/resume")
    @Requires(Role.OPERATOR)
    String resume(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        return change(id, access, backfills::resume);
    }

    @FormPost("/backfills/{id:\\d{1,18}}/cancel")
    @Requires(Role.OPERATOR)
    String cancel(@PathVariable long id, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        return change(id, access, backfills::cancel);
    }

    private String change(long id, Access access, BiConsumer<Backfill, Actor> change) {
        Backfill backfill = visible.find(id, access, Role.OPERATOR);
        // one that has ended meanwhile shows so itself
        change.accept(backfill, Actor.user(access.name()));
        // the name was checked when the definition was loaded: it has no character with a meaning in an address
        return "redirect:/definitions/" + backfill.definition() + "/partitions";
    }
}
