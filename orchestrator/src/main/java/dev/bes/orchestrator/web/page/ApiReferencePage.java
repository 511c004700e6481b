package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.security.Requires;
import java.io.IOException;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page of the API, and its OpenAPI document. */
@Controller
final class ApiReferencePage {
    private final ApiReference reference;

    ApiReferencePage() throws IOException {
        this.reference = ApiReference.read();
    }

    @GetMapping("/docs/api")
    @Requires(Role.VIEWER)
    String api(Model model) {
        model.addAttribute("reference", reference);
        return "api";
    }

    @GetMapping("/docs/openapi.yaml")
    @Requires(Role.VIEWER)
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok().header("Content-Type", "application/yaml").body(ApiReference.DOCUMENT);
    }
}
