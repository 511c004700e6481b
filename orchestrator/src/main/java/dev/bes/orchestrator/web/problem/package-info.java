/** Problems: RFC 9457 for programs, a page for people. */
@NamedInterface("problem")
@NullMarked
package dev.bes.orchestrator.web.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
