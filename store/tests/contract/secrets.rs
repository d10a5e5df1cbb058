//! Passwords and second factors.

use crate::common::{NOW, World, contract};

contract!(a_password_is_kept_apart_and_can_be_taken_away, |db| {
    let world = World::make(db, "een").await?;
    assert!(world.tenant.secrets(world.joke).await?.is_none());
    let permit = world.account(world.joke);
    for hash in [Some("een"), Some("twee"), None] {
        let mut write = world.tenant.write().await?;
        write.set_password(&permit, hash, NOW).await?;
        write.commit().await?;
        let secrets = world.tenant.secrets(world.joke).await?.expect("there is a row");
        assert_eq!(secrets.password_hash.as_deref(), hash);
        assert!(!format!("{secrets:?}").contains("twee"), "nothing secret is ever logged");
    }
    Ok(())
});

contract!(the_code_that_confirms_a_second_factor_is_used_up, |db| {
    let world = World::make(db, "een").await?;
    let permit = world.account(world.joke);
    let mut write = world.tenant.write().await?;
    assert!(!write.use_totp_step(&world.sign_in(), world.joke, 6).await?, "there is none yet");
    write.set_totp(&permit, "SECRET", 7).await?;
    assert!(!write.use_totp_step(&world.sign_in(), world.joke, 7).await?, "used up");
    write.commit().await?;

    let secrets = world.tenant.secrets(world.joke).await?.expect("there is a row");
    assert_eq!((secrets.totp_secret.as_deref(), secrets.totp_last_step), (Some("SECRET"), 7));
    Ok(())
});

contract!(a_code_counts_once_however_many_try_it_at_once, |db| {
    let world = World::make(db, "een").await?;
    let mut write = world.tenant.write().await?;
    write.set_secrets_as_operator(&world.operate(), world.fatma, None, Some("SECRET")).await?;
    write.commit().await?;
    let attempt = async || {
        let mut write = world.tenant.write().await?;
        let good = write.use_totp_step(&world.sign_in(), world.fatma, 42).await?;
        write.commit().await?;
        Ok::<_, store::Error>(good)
    };
    let (a, b, c) = tokio::join!(attempt(), attempt(), attempt());
    let good = [a?, b?, c?].into_iter().filter(|good| *good).count();
    assert_eq!(good, 1);

    let mut write = world.tenant.write().await?;
    assert!(!write.use_totp_step(&world.sign_in(), world.fatma, 41).await?, "an earlier one neither");
    assert!(write.use_totp_step(&world.sign_in(), world.fatma, 43).await?);
    Ok(())
});

contract!(a_recovery_code_works_once_and_for_its_owner_only, |db| {
    let world = World::make(db, "een").await?;
    let permit = world.account(world.joke);
    let sign_in = world.sign_in();
    let mut write = world.tenant.write().await?;
    write.set_recovery_codes(&permit, &[b"oud".to_vec()]).await?;
    write.set_recovery_codes(&permit, &[b"een".to_vec(), b"twee".to_vec()]).await?;

    write.commit().await?;
    assert!(world.tenant.has_recovery_code(world.joke, b"een").await?);
    assert!(!world.tenant.has_recovery_code(world.joke, b"oud").await?);
    assert!(!world.tenant.has_recovery_code(world.fatma, b"een").await?);
    let mut write = world.tenant.write().await?;
    assert!(!write.use_recovery_code(&sign_in, world.joke, b"oud", NOW).await?);
    assert!(!write.use_recovery_code(&sign_in, world.fatma, b"een", NOW).await?);
    assert!(write.use_recovery_code(&sign_in, world.joke, b"een", NOW).await?);
    assert!(!write.use_recovery_code(&sign_in, world.joke, b"een", NOW).await?);
    Ok(())
});

contract!(switching_the_second_factor_off_forgets_its_recovery_codes, |db| {
    let world = World::make(db, "een").await?;
    let permit = world.account(world.joke);
    let mut write = world.tenant.write().await?;
    write.set_totp(&permit, "SECRET", 1).await?;
    write.set_recovery_codes(&permit, &[b"een".to_vec()]).await?;
    write.clear_totp(&permit).await?;
    assert!(!write.use_recovery_code(&world.sign_in(), world.joke, b"een", NOW).await?);
    write.commit().await?;
    let secrets = world.tenant.secrets(world.joke).await?.expect("there is a row");
    assert_eq!(secrets.totp_secret, None);
    Ok(())
});
