#!/usr/bin/env bash
# Sourced by the other scripts: finds a JDK, checks tools, sets a locale with UTF-8 file names.
set -euo pipefail

jdk_least=25

# Sets jdk_version to "25" of a JDK's folder; to nothing if there is no JDK in it. Starts no process if the folder says it.
jdk_read_version() {
    local line
    jdk_version=""
    if [[ ! -x "$1/bin/java" || ! -x "$1/bin/javac" ]]; then
        return 0
    fi
    if [[ -r "$1/release" ]]; then
        while IFS= read -r line; do
            if [[ "$line" =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then
                jdk_version="${BASH_REMATCH[1]}"
                return 0
            fi
        done <"$1/release"
    fi
    jdk_version="$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)"
}

# The folders where JDKs usually are, the one on the PATH first.
jdk_places() {
    local java target
    java="$(command -v java || true)"
    if [[ -n "$java" ]]; then
        target="$(readlink -f "$java" 2>/dev/null || echo "$java")"
        echo "${target%/bin/java}"
    fi
    if [[ -x /usr/libexec/java_home ]]; then
        /usr/libexec/java_home -v "$jdk_least+" 2>/dev/null || true
    fi
    local place
    for place in /usr/lib/jvm/* /opt/* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [[ -d "$place" ]]; then
            echo "$place"
        fi
    done
}

# Sets jdk_home to the JDK to use: JAVA_HOME if it is new enough, else version 25, else anything newer.
jdk_find() {
    local home newer=""
    jdk_home=""
    if [[ -n "${JAVA_HOME:-}" ]]; then
        jdk_read_version "$JAVA_HOME"
        if ((${jdk_version:-0} >= jdk_least)); then
            jdk_home="$JAVA_HOME"
            return 0
        fi
    fi
    while IFS= read -r home; do
        jdk_read_version "$home"
        if ((${jdk_version:-0} == jdk_least)); then
            jdk_home="$home"
            return 0
        fi
        if ((${jdk_version:-0} > jdk_least)) && [[ -z "$newer" ]]; then
            newer="$home"
        fi
    done < <(jdk_places)
    jdk_home="$newer"
}

# Whether version $1 is at least $2.
version_reaches() {
    local a=0 b=0 c=0 d=0
    IFS=. read -r a b _ <<<"$1"
    IFS=. read -r c d _ <<<"$2"
    b="${b:-0}" d="${d:-0}"
    ((a > c || (a == c && b >= d)))
}

# need mvn | node | npm: ends the script with one line when the tool is missing or too old.
need() {
    local found="" least="" how=""
    case "$1" in
        mvn)
            least=3.8 how="apt-get install maven, brew install maven, or sdk install maven"
            # reads all of the output: mvn complains if the pipe is closed early
            found="$({ mvn -v 2>/dev/null || true; } | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')"
            ;;
        node)
            least=20 how="apt-get install nodejs npm, brew install node, or https://nodejs.org"
            found="$(node -v 2>/dev/null | sed 's/^v//' || true)"
            ;;
        npm)
            least=6 how="apt-get install npm, or https://nodejs.org"
            found="$(npm -v 2>/dev/null || true)"
            ;;
    esac
    if [[ -z "$found" ]]; then
        echo "$1 $least or newer is missing: $how" >&2
        exit 1
    fi
    if ! version_reaches "$found" "$least"; then
        echo "$1 $found is too old, $least or newer is needed: $how" >&2
        exit 1
    fi
}

jdk_find
if [[ -z "$jdk_home" ]]; then
    echo "A JDK $jdk_least or newer is missing: apt-get install temurin-25-jdk (Debian/Ubuntu, from https://adoptium.net)," \
        "brew install --cask temurin@25, or sdk install java 25-tem; or let JAVA_HOME point at one" >&2
    exit 1
fi
export JAVA_HOME="$jdk_home"
export PATH="$JAVA_HOME/bin:$PATH"

# a JVM spells file names in the locale's letters
jdk_locale="${LC_ALL:-${LC_CTYPE:-${LANG:-}}}"
if [[ "$jdk_locale" != C.UTF-8 && "$(locale charmap 2>/dev/null || true)" != UTF-8 ]]; then
    export LC_ALL=C.UTF-8
fi

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
    case "${1:-}" in
        -h | --help)
            echo "Usage: . scripts/jdk.sh"
            echo
            echo "Finds a JDK $jdk_least or newer and exports JAVA_HOME and PATH. Called on its own, it prints what it found."
            ;;
        *) echo "$JAVA_HOME" ;;
    esac
fi
