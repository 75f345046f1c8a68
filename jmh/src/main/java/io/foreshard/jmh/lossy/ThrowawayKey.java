package io.foreshard.jmh.lossy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * A self-signed certificate for one run, made by the JDK's keytool.
 *
 * @param managers of its private key
 * @param password of the key
 */
record ThrowawayKey(KeyManagerFactory managers, String password) {

    private static final String STORE_TYPE = "PKCS12";
    private static final String PASSWORD = "throwaway";

    static ThrowawayKey make() throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("throwaway-key");
        Path store = folder.resolve("store");
        try {
            keytool(store);
            return load(store);
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "lossy",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-storetype",
                STORE_TYPE,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("keytool: exit " + exit);
        }
    }

    private static ThrowawayKey load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(STORE_TYPE);
        try (InputStream bytes = Files.newInputStream(store)) {
            keys.load(bytes, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return new ThrowawayKey(managers, PASSWORD);
    }
}
