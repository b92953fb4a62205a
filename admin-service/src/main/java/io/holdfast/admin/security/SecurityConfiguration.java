package io.holdfast.admin.security;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminCredentials.class)
class SecurityConfiguration {
    /// Everything needs the password, but for what the login page shows and the probes of an orchestrator.
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        SavedRequestAwareAuthenticationSuccessHandler welcome = new SavedRequestAwareAuthenticationSuccessHandler();
        welcome.setTargetUrlParameter("redirectTo");
        welcome.setDefaultTargetUrl("/");
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/assets/**", "/login", "/livez", "/readyz")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage("/login").successHandler(welcome))
                .logout(logout -> logout.logoutUrl("/logout"))
                .httpBasic(withDefaults())
                // The page's scripts read the token from a cookie.
                .csrf(csrf -> csrf.spa().csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()))
                .build();
    }

    @Bean
    PasswordEncoder passwords() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService users(AdminCredentials credentials, PasswordEncoder passwords) {
        return new InMemoryUserDetailsManager(User.withUsername(credentials.user())
                .password(passwords.encode(credentials.password()))
                .roles("ADMIN")
                .build());
    }
}
