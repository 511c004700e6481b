package dev.bes.orchestrator.web.api.backfill;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.trigger.backfill.Backfill;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import org.springframework.stereotype.Component;

/** The backfills that a caller may see. */
@Component
public final class VisibleBackfills {
    private final Backfills backfills;

    VisibleBackfills(Backfills backfills) {
        this.backfills = backfills;
    }

    /**
     * One backfill.
     *
     * @throws ProblemException if there is none that the caller may see, or his role is too low
     */
    public Backfill find(long id, Access access, Role role) {
        Backfill backfill = backfills
                .find(id)
                .filter(one -> access.may(Role.VIEWER, one.definition()))
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.UNKNOWN_BACKFILL, "There is no backfill %d".formatted(id)));
        if (!access.may(role, backfill.definition())) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN,
                    "This needs the role '%s' on definition '%s'".formatted(role.word(), backfill.definition()));
        }
        return backfill;
    }
}
