/** What people and programs see: the REST API and the pages. Reads rows and asks triggers; decides nothing. */
@ApplicationModule(allowedDependencies = {"text", "files", "run", "definition", "trigger", "node"})
@NullMarked
package dev.bes.orchestrator.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
