package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.trigger.request.SqlRequests.SqlRequest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Starts the runs that callers request by SQL. The run is accepted first, by the key of the request, and then recorded with it: a
 * node that dies in between leaves a request that becomes the same run.
 */
@Component
class SqlRequestPoller {
    private static final Logger LOG = LoggerFactory.getLogger(SqlRequestPoller.class);
    private static final int BATCH = 100;

    private final SqlRequests requests;
    private final RequestTrigger trigger;

    SqlRequestPoller(SqlRequests requests, RequestTrigger trigger) {
        this.requests = requests;
        this.trigger = trigger;
    }

    /** Starts all runs that are requested now. */
    @Scheduled(fixedDelay = 1_000)
    void poll() {
        try {
            List<SqlRequest> taken;
            do {
                taken = requests.take(BATCH);
                taken.forEach(this::accept);
            } while (taken.size() == BATCH);
        } catch (RunRefusedException.QueueFull e) {
            LOG.debug("Requests by SQL wait: {}", e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "Requests by SQL wait", e);
        }
    }

    private void accept(SqlRequest request) {
        try {
            long run = trigger.accept(new Request(
                            request.definition(), request.key(), request.parameters(), Map.of(), request.sender()))
                    .id();
            requests.accepted(request.id(), run);
        } catch (RunRefusedException.QueueFull e) {
            // waits; it is taken again
            throw e;
        } catch (RunRefusedException
                | TemplateException
                | UnknownParameterException
                | InvalidParametersException
                | ParametersTooLargeException e) {
            requests.refused(request.id(), String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            LOG.warn("Request {} by SQL is tried again: {}", request.id(), e.getMessage());
        }
    }
}
