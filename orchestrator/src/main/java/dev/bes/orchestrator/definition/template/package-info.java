/** Text with variables such as <code>${run.id}</code>, and the names and paths that come out of it. */
@NamedInterface("template")
@NullMarked
package dev.bes.orchestrator.definition.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
