/** Decides when old data is purged. Each package purges its own tables. */
@ApplicationModule(
        allowedDependencies = {
            "account",
            "account :: creation",
            "audit",
            "database",
            "pipeline :: batch",
            "run :: command",
            "trigger :: files",
            "trigger :: request",
            "trigger :: backfill",
            "trigger :: fire",
            "trigger :: schedule"
        })
@NullMarked
package dev.bes.orchestrator.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
