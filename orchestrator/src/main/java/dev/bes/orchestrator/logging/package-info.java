/** Extensions of Logback: one line per message, and a debug level for one run. `logback-spring.xml` names these classes. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
