# Sourced by mvnw and by bin/hydra: points JAVA_HOME at a JDK 25 (or newer), or says what is missing.
# Order: HYDRA_JAVA_HOME, JAVA_HOME, GRAALVM_HOME, the java on PATH, then where Linux distributions, SDKMAN! and macOS keep JDKs.

hydra_jdk_version() { # prints the feature version of the JDK at $1, nothing when there is none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

hydra_find_jdk() {
  _on_path=$(command -v javac 2>/dev/null) && _on_path=$(dirname "$(dirname "$(readlink -f "$_on_path")")")
  for _home in "${HYDRA_JAVA_HOME-}" "${JAVA_HOME-}" "${GRAALVM_HOME-}" "$_on_path" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk*25* /opt/java/openjdk \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    _version=$(hydra_jdk_version "$_home") || continue
    if [ -n "$_version" ] && [ "$_version" -ge 25 ]; then
      printf '%s\n' "$_home"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME=$(hydra_find_jdk); then
  echo 'Hydra needs a JDK 25, and none was found.' >&2
  echo 'Install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to its directory.' >&2
  exit 1
fi
export JAVA_HOME
