package dev.bes.orchestrator.remote;

import java.util.List;
import java.util.Locale;

/**
 * Recognises the blob store's error codes and messages for a missing or refused blob. A remote job that could not read or
 * write a blob repeats them in its details. Source: Azure Storage, common REST API error codes and messages; "web service error codes"
 * article.
 */
final class BlobDenial {
    private static final List<String> PATTERNS = List.of(
            "blobnotfound",
            "unable to access the provided azure blob",
            "authenticationfailed",
            "authorizationfailure",
            "authorizationpermissionmismatch",
            "keybasedauthenticationnotpermitted",
            "accountisdisabled",
            "containernotfound",
            "server failed to authenticate the request",
            "not authorized to perform this operation",
            "the specified blob does not exist",
            "the specified container does not exist",
            "public access is not permitted",
            "(403) forbidden",
            "(404) not found");

    private BlobDenial() {}

    static boolean isIn(String details) {
        String lower = details.toLowerCase(Locale.ROOT);
        return PATTERNS.stream().anyMatch(lower::contains);
    }
}
