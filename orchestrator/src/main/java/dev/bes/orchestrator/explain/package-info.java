/** Explains why something did, or did not, run: from what is recorded and from the state of now. It changes nothing. */
@ApplicationModule(
        allowedDependencies = {
            "definition",
            "node",
            "remote",
            "run",
            "run :: forecast",
            "run :: journal",
            "run :: query",
            "text",
            "trigger",
            "trigger :: files",
            "trigger :: fire",
            "trigger :: request",
            "trigger :: rule",
            "trigger :: schedule",
            "trigger :: time"
        })
@NullMarked
package dev.bes.orchestrator.explain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
