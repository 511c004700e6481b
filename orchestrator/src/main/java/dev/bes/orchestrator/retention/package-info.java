/** When old things are purged, and how old they must be. Each part says itself how its own are purged. */
@ApplicationModule(
        allowedDependencies = {
            "database",
            "pipeline :: batch",
            "run :: command",
            "trigger :: request",
            "trigger :: schedule"
        })
@NullMarked
package dev.bes.orchestrator.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
