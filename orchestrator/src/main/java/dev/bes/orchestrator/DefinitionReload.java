package dev.bes.orchestrator;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Refusal;
import dev.bes.orchestrator.definition.Definitions.Reloaded;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Reads the definitions again when their folder has changed. It compares contents, so that any way to change files works, such as
 * the links of a Kubernetes ConfigMap. A folder with a mistake is refused as a whole: what was loaded before stays.
 */
final class DefinitionReload {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionReload.class);

    private final Definitions definitions;
    private final Supplier<Definitions> loader;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private String taken = "";
    private String seen = "";
    private boolean isTold = true;

    /**
     * @param definitions what was loaded at the start
     * @param loader reads the folder
     */
    DefinitionReload(
            Definitions definitions,
            Supplier<Definitions> loader,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.definitions = definitions;
        this.loader = loader;
        this.events = events;
        this.clock = clock;
    }

    /** Looks at the folder once. A change is taken over when two looks have found the same: files may still be copied. */
    @Scheduled(
            fixedDelayString = "${orchestrator.reload-interval:5s}",
            initialDelayString = "${orchestrator.reload-interval:5s}",
            scheduler = "purgeScheduler")
    void look() {
        try {
            String now = DefinitionLoader.fingerprint(definitions.folder());
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(taken)) {
                reload();
                taken = now;
            }
        } catch (InvalidDefinitionsException | UncheckedIOException e) {
            // between two names of a folder that is being swapped there may be none
            LOG.debug("The folder of definitions can't be read", e);
        } catch (DataAccessException | TransactionException e) {
            // the next look tells it again
            DatabaseFailure.warn(LOG, "The changed definitions can't be followed", e);
        }
    }

    private void reload() {
        Definitions later;
        try {
            later = loader.get();
        } catch (InvalidDefinitionsException e) {
            definitions.refuse(new Refusal(clock.instant(), e.problems()));
            LOG.error(
                    "The definitions have changed and are invalid. Those that were loaded before stay in use:\n{}",
                    e.getMessage());
            return;
        }
        if (!List.copyOf(later.all()).equals(List.copyOf(definitions.all()))
                || definitions.refusal().isPresent()) {
            definitions.replace(later);
            isTold = false;
            LOG.info(
                    "The definitions were read again: {} are loaded",
                    later.all().size());
            later.warnings().forEach(warning -> LOG.warn("{}", warning));
        }
        if (!isTold) {
            events.publishEvent(new Reloaded());
            isTold = true;
        }
    }
}
