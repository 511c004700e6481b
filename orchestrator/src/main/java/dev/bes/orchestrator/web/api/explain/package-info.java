/** The REST API that explains why something did, or did not, run. */
@NamedInterface("api-explain")
@NullMarked
package dev.bes.orchestrator.web.api.explain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
