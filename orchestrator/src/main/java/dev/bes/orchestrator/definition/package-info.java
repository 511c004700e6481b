/** Definitions: the YAML files that say what is scored where and when. Read, checked, frozen; knows nothing else. */
@ApplicationModule(allowedDependencies = "text")
@NullMarked
package dev.bes.orchestrator.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
