/** Checks what the schema cannot express: names, paths, expressions. */
@NamedInterface("check")
@NullMarked
package dev.bes.orchestrator.definition.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
