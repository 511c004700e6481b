/** The pages. */
@NamedInterface("page")
@NullMarked
package dev.bes.orchestrator.web.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
