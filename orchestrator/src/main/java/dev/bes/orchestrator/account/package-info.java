/** Who may use the service, and what each may do. */
@ApplicationModule(allowedDependencies = {"audit", "database", "database :: transaction", "definition", "text"})
@NullMarked
package dev.bes.orchestrator.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
