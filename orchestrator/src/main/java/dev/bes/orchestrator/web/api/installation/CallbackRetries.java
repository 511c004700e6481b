package dev.bes.orchestrator.web.api.installation;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.callback.Callback;
import dev.bes.orchestrator.callback.Callbacks;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import org.springframework.stereotype.Component;

/** Has callbacks made once more, for those who may. */
@Component
public final class CallbackRetries {
    private final Callbacks callbacks;

    CallbackRetries(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Has a callback made now.
     *
     * @return its row afterwards
     * @throws ProblemException if there is none that he may see, or his role is too low
     */
    public Callback retry(long id, Access access) {
        Callback callback = callbacks
                .find(id)
                .filter(one -> access.may(Role.VIEWER, one.definition()))
                .orElseThrow(() -> new ProblemException(ProblemKind.UNKNOWN_CALLBACK, "There is no callback " + id));
        if (!access.may(Role.OPERATOR, callback.definition())) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN,
                    "This needs the role 'operator' on definition '%s'".formatted(callback.definition()));
        }
        callbacks.retry(callback, Actor.user(access.name()));
        return callbacks.find(id).orElse(callback);
    }
}
