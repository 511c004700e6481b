/** The three sweeps, launch, track and collect, and the types that they share. */
@ApplicationModule(
        allowedDependencies = {
            "csv",
            "database",
            "definition",
            "definition :: template",
            "files",
            "node",
            "node :: file",
            "node :: folder",
            "remote",
            "remote :: blob",
            "run",
            "run :: claim",
            "run :: fold",
            "run :: forecast",
            "run :: move",
            "run :: shadow",
            "run :: trace",
            "text"
        })
@NullMarked
package dev.bes.orchestrator.pipeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
