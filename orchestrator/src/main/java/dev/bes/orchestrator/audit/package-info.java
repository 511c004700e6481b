/** The audit: who changed what, who signed in, and what was refused. */
@ApplicationModule(allowedDependencies = {"database", "database :: transaction", "definition", "node"})
@NullMarked
package dev.bes.orchestrator.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
