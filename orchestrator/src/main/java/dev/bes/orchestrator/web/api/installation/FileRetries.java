package dev.bes.orchestrator.web.api.installation;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.arrival.QuarantinedFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import org.springframework.stereotype.Component;

/** Puts files in quarantine back, for those who may. */
@Component
public final class FileRetries {
    private final FileRecords records;
    private final QuarantinedFiles quarantined;

    FileRetries(FileRecords records, QuarantinedFiles quarantined) {
        this.records = records;
        this.quarantined = quarantined;
    }

    /** Whether the caller may put it back, and it is in quarantine. */
    public boolean may(FileRecord file, Access access) {
        return file.isRetryable() && has(Role.OPERATOR, file, access);
    }

    /**
     * Puts a file back into its drop folder.
     *
     * @return its row afterwards
     * @throws ProblemException if there is none that he may see, if his role is too low, or if it is not in quarantine
     */
    public FileRecord retry(long id, Access access) {
        FileRecord file = records.find(id)
                .filter(found -> has(Role.VIEWER, found, access))
                .orElseThrow(() -> new ProblemException(ProblemKind.UNKNOWN_FILE, "There is no file " + id));
        if (!has(Role.OPERATOR, file, access)) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN, "This needs the role 'operator' on the definition of the file");
        }
        if (!quarantined.retry(file, Actor.user(access.name()))) {
            throw new ProblemException(
                    ProblemKind.NOT_QUARANTINED,
                    "File %d is %s%s"
                            .formatted(
                                    id,
                                    file.state().word(),
                                    file.isRetryable() ? ", but no longer where it was put" : ""));
        }
        return records.find(id).orElse(file);
    }

    private static boolean has(Role role, FileRecord file, Access access) {
        String definition = file.definition();
        return definition == null ? access.mayEverywhere(role) : access.may(role, definition);
    }
}
