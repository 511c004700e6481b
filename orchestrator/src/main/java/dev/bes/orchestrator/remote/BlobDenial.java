package dev.bes.orchestrator.remote;

import java.util.List;
import java.util.Locale;

/**
 * The words of the blob store for a blob that is missing or refused, wherever they turn up: a remote job that could not get at
 * a blob repeats them in its details. Source: Azure Storage, common REST API error codes and messages; "web service error codes"
 * article.
 */
final class BlobDenial {
    private static final List<String> WORDS = List.of(
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
        return WORDS.stream().anyMatch(lower::contains);
    }
}
