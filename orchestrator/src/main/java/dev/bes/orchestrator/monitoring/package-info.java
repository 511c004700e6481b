/** What monitoring sees: gauges of the state that all nodes share and of this node, and the bounds of labels. Changes nothing. */
@ApplicationModule(
        allowedDependencies = {
            "definition",
            "node",
            "remote",
            "remote :: budget",
            "run",
            "run :: meter",
            "run :: query",
            "trigger",
            "trigger :: arrival",
            "trigger :: files",
            "trigger :: schedule"
        })
@NullMarked
package dev.bes.orchestrator.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
