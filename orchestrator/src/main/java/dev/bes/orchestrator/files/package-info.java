/** Files on our side: how they are opened, where they are put, and what a trouble with one of them means. Knows nobody. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
