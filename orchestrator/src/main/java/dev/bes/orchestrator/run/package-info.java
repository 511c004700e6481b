/** The words of the heart: runs, scorings, their states, claims and moves. Its parts hold the only SQL on them. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "database",
            "database :: transaction",
            "definition",
            "definition :: template",
            "node",
            "node :: folder"
        })
@NullMarked
package dev.bes.orchestrator.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
