/** Triggers: schedules, dropped files and requests start runs. A trigger only writes rows. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "callback",
            "database",
            "database :: transaction",
            "definition",
            "definition :: template",
            "files",
            "node",
            "node :: file",
            "node :: folder",
            "remote",
            "remote :: blob",
            "run",
            "run :: acceptance",
            "run :: command",
            "run :: forecast",
            "run :: pool",
            "run :: query",
            "text"
        })
@NullMarked
package dev.bes.orchestrator.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
