/** Files on our side: how they are opened, where they are put, and what an error of the file system means. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
